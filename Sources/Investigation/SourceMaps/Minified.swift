import Domain

/// Frames in bundles, led back to the files that they were made of.
struct Minified: Sendable {
    let git: Git
    /// The operator's folder of source maps; nil when there is none.
    let folder: SourceMapFolder?

    struct Result: Sendable {
        var exceptions: [Exception]
        var notes: [String] = []
    }

    // Each map is megabytes that have to be read.
    private static let mostMaps = 4
    private static let largestMap = 32 << 20

    /// Only the frames that are followed: nobody sees where the others were.
    ///
    /// - Parameter index: of the commit, to find the maps that lie beside the bundles.
    func resolve(_ exceptions: [Exception], in index: PathIndex, at sha: String) async -> Result {
        let frames = exceptions.prefix(Tracing.mostExceptions)
            .flatMap { $0.frames.suffix(Tracing.mostFrames).reversed() }
            .filter(Self.isScript)
        let bundles = Reading.unique(frames.map(\.filename), atMost: 60)
        guard !bundles.isEmpty else { return Result(exceptions: exceptions) }
        let wanted = Dictionary(grouping: frames, by: \.filename)
            .mapValues { Set($0.compactMap(SourceMap.Position.init)) }
        let listed = folder?.index()
        var places: [String: [SourceMap.Position: SourceMap.Place]] = [:]
        var names: [String] = []
        for bundle in bundles where places.count < Self.mostMaps {
            guard let (name, bytes) = await bytes(ofMapFor: bundle, listed, index, at: sha), let map = SourceMap(bytes)
            else {
                continue
            }
            places[bundle] = map.places(at: wanted[bundle] ?? [])
            names.append(name)
        }
        var result = Result(exceptions: exceptions.map { Self.mapped($0, places) })
        if !names.isEmpty { result.notes.append("Read through the source map `\(names.joined(separator: "`, `"))`.") }
        result.notes += Self.missing(frames.filter { places[$0.filename] == nil })
        return result
    }

    /// From the operator's folder, else from the repository.
    private func bytes(
        ofMapFor bundle: String, _ listed: PathIndex?, _ index: PathIndex, at sha: String
    ) async -> (name: String, bytes: [UInt8])? {
        let path = FramePath(text: Self.withoutQuery(bundle) + ".map")
        if let match = listed?.matches(path).first, let bytes = folder?.bytes(of: match.path, atMost: Self.largestMap) {
            return (match.path, bytes)
        }
        guard let match = index.matches(path).first,
            let bytes = try? await git.run(["cat-file", "blob", "\(sha):\(match.path)"], limit: Self.largestMap)
        else { return nil }
        return (match.path, bytes)
    }

    private static func mapped(
        _ exception: Exception, _ places: [String: [SourceMap.Position: SourceMap.Place]]
    ) -> Exception {
        Exception(
            type: exception.type, value: exception.value,
            frames: exception.frames.map { frame in
                guard let position = SourceMap.Position(frame), let place = places[frame.filename]?[position] else {
                    return frame
                }
                return Frame(
                    filename: place.source, function: place.name ?? frame.function, line: place.line,
                    isInApp: frame.isInApp, contextLine: place.text)
            })
    }

    /// Says which bundles have no map, for their frames say nothing without one.
    private static func missing(_ frames: [Frame]) -> [String] {
        var seen: Set<String> = []
        return frames.filter { isMinified($0) && seen.insert($0.filename).inserted }.prefix(2).map { frame in
            let name = FramePath(text: frame.filename).name ?? "a bundle"
            let place = [name, frame.line.map(String.init), frame.column.map(String.init)].compactMap(\.self)
            let words = Finding.clean(place.joined(separator: ":"), atMost: 120).replacing("`", with: "'")
            return "Minified: `\(words)` has no source map."
        }
    }

    private static func withoutQuery(_ name: String) -> String { String(name.prefix { $0 != "?" && $0 != "#" }) }

    private static func isScript(_ frame: Frame) -> Bool {
        let name = withoutQuery(frame.filename)
        return [".js", ".mjs", ".cjs"].contains { name.hasSuffix($0) } && !FramePath(frame).isForeign
    }

    // Nobody writes lines that long.
    private static let longestLine = 500

    private static func isMinified(_ frame: Frame) -> Bool {
        let name = withoutQuery(frame.filename)
        return name.hasSuffix(".min.js") || name.range(ofText: ".bundle.") != nil || frame.column ?? 0 > longestLine
    }
}

extension SourceMap.Position {
    /// Nil for a frame without a column: a bundle has a line for everything.
    fileprivate init?(_ frame: Frame) {
        guard let line = frame.line, let column = frame.column else { return nil }
        self.init(line: line, column: column)
    }
}
