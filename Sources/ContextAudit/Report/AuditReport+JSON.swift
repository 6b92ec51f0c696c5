import FoundationEssentials

extension AuditReport {
    /// For programs: the same calls, areas and totals as the text has.
    package func json(required: Set<Need> = Set(Need.allCases)) throws -> [UInt8] {
        let lacking = lacking(required)
        let needs = Need.allCases.filter(required.contains)
        let wire = Wire(
            files: folder.files, calls: calls.count, lacking: lacking.count,
            missing: counts(needs) { need in calls.count { $0.missing.contains(need) } },
            areas: areas.map { area in
                .init(area: area.name, calls: area.calls, missing: counts(needs) { area.missing[$0] ?? 0 })
            },
            findings: lacking.map { call in
                .init(
                    path: call.path, line: call.line, call: call.name, language: call.language.rawValue,
                    area: call.area,
                    missing: needs.filter(call.missing.contains).map(\.rawValue), unclear: call.isUnclear)
            },
            set_for_all: setups.map {
                .init(what: $0.need.rawValue, language: $0.language.rawValue, path: $0.path, line: $0.line)
            },
            calls_in_tests: folder.callsInTests, unread_files: folder.unread)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(wire))
    }

    private func counts(_ needs: [Need], _ count: (Need) -> Int) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: needs.map { ($0.rawValue, count($0)) })
    }
}

private struct Wire: Encodable {
    let files: Int
    let calls: Int
    let lacking: Int
    let missing: [String: Int]
    let areas: [Area]
    let findings: [Finding]
    let set_for_all: [Setup]
    let calls_in_tests: Int
    let unread_files: Int

    struct Area: Encodable {
        let area: String
        let calls: Int
        let missing: [String: Int]
    }

    struct Finding: Encodable {
        let path: String
        let line: Int
        let call: String
        let language: String
        let area: String
        let missing: [String]
        let unclear: Bool
    }

    struct Setup: Encodable {
        let what: String
        let language: String
        let path: String
        let line: Int
    }
}
