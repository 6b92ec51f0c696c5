import Domain
import FoundationEssentials

extension StandInGlitchTip {
    struct StoredRelease {
        let version: String
        let project: Int
        let created: Date
    }

    func releaseList(_ call: RoutedCall) throws(Denied) -> Answer {
        try requireMember(call, of: call.gaps[0])
        let paging = try Paging(call.question)
        let wanted =
            call.gaps.count == 2
            ? releases.filter { release in projects.contains { $0.id == release.project && $0.slug == call.gaps[1] } }
            : releases
        return paging.page(wanted.sorted { $0.created > $1.created }, isDescending: true, call.question) {
            .text(WireTime.spaced($0.created))
        } wire: {
            wire($0)
        }.answer
    }

    func releaseDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        guard isMember(call, of: call.gaps[0]), let release = releases.first(where: { $0.version == call.gaps[1] })
        else { throw .notFound }
        return .json(200, wire(release))
    }

    private func wire(_ release: StoredRelease) -> JSON {
        let project = projects.first { $0.id == release.project }
        return [
            "ref": nil, "dateReleased": nil, "version": .string(release.version),
            "dateCreated": WireTime.text(release.created), "shortVersion": .string(release.version),
            "projects": .array(
                project.map { [["name": .string($0.name), "slug": .string($0.slug)]] } ?? []),
            "url": nil, "data": [:], "deployCount": 0,
        ]
    }
}
