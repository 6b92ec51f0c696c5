import Glibc

/// Where the runbooks are that came with the program.
enum ShippedRunbooks {
    /// Beside an installed program, `…/bin/tipline` and `…/share/tipline/runbooks`; else in the working directory, as in a
    /// checkout of the source.
    static let folder: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let program = String(decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let bin = program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex)
        let installed = bin.prefix(upTo: bin.lastIndex(of: "/") ?? bin.startIndex) + "/share/tipline/runbooks"
        return access(String(installed), R_OK) == 0 ? String(installed) : "runbooks"
    }()
}
