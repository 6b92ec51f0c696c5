import FoundationEssentials

extension StandInGlitchTip {
    /// Something that GlitchTip calls every few seconds to see whether it is up.
    package struct Monitor: Sendable, Hashable {
        package let id: Int
        package let name: String
        package let url: String
        /// The slug of its project.
        package let project: String?
        package let created: Date
        /// Nil until the first check.
        package var isUp: Bool?
        package var lastChange: Date?

        package init(
            id: Int, name: String, url: String, project: String? = nil, created: Date, isUp: Bool? = nil,
            lastChange: Date? = nil
        ) {
            self.id = id
            self.name = name
            self.url = url
            self.project = project
            self.created = created
            self.isUp = isUp
            self.lastChange = lastChange
        }
    }

    package func add(_ monitor: Monitor) { monitors.append(monitor) }

    /// Its next check says something else.
    package func setMonitor(_ id: Int, isUp: Bool) {
        guard let index = monitors.firstIndex(where: { $0.id == id }), monitors[index].isUp != isUp else { return }
        monitors[index].isUp = isUp
        monitors[index].lastChange = now()
    }

    func monitorList(_ call: RoutedCall) throws(Denied) -> Answer {
        try requireMember(call, of: call.gaps[0])
        let paging = try Paging(call.question)
        return paging.page(monitors.sorted { $0.id > $1.id }, isDescending: true, call.question) {
            .number(Double($0.id))
        } wire: {
            wire($0)
        }.answer
    }

    func monitorDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        guard isMember(call, of: call.gaps[0]), let monitor = monitors.first(where: { $0.id == call.int(1) }) else {
            throw .notFound
        }
        var fields = wire(monitor)
        fields["checks"] = .array((fields["checks"]?.array ?? []).map { $0.merging(["responseTime": 12]) })
        return .json(200, fields)
    }

    private func wire(_ monitor: Monitor) -> JSON {
        let project = projects.first { $0.slug == monitor.project }
        let checks = zip([monitor.isUp], [monitor.lastChange]).compactMap { isUp, date -> JSON? in
            guard let isUp, let date else { return nil }
            return ["isUp": .bool(isUp), "startCheck": WireTime.text(date), "reason": isUp ? nil : 5]
        }
        return [
            "projectID": .optional(project.map { String($0.id) }), "environmentID": nil,
            "isUp": monitor.isUp.map(JSON.bool) ?? nil,
            "lastChange": .optional(
                monitor.lastChange.map { WireTime.long($0).replacing("+00:00", with: "Z") }),
            "heartbeatEndpoint": nil, "projectName": .optional(project?.name), "envName": nil,
            "checks": .array(checks), "organizationID": 1, "monitorType": "GET", "id": .int(monitor.id),
            "endpointID": nil, "created": WireTime.text(monitor.created), "name": .string(monitor.name),
            "url": .string(monitor.url), "expectedStatus": 200, "expectedBody": "", "interval": 30, "timeout": 20,
        ]
    }
}
