extension StandInGlitchTip {
    private static let readEvents = ["event:read", "event:write", "event:admin"]
    private static let writeEvents = ["event:write", "event:admin"]
    private static let readOrganization = ["org:read", "org:write", "org:admin"]
    private static let readProjects = ["project:read", "project:write", "project:admin"]
    private static let releases = ["project:releases", "project:read", "project:write", "project:admin"]
    private static let readMembers = ["member:read", "member:write", "member:admin"]

    /// All that it answers.
    static let routes: [Route] = [
        Route("GET", "/api/0/", nil) { server, call in server.root(call) },
        Route("GET", "/api/settings/", nil) { server, _ in server.settings() },
        Route("GET", "/api/0/organizations/", readOrganization) { server, call in server.organizations(call) },
        Route("GET", "/api/0/organizations/{}/", readOrganization) { server, call throws(Denied) in
            try server.organizationDetail(call)
        },
        Route("GET", "/api/0/organizations/{}/projects/", readProjects) { server, call in server.projectList(call) },
        Route("GET", "/api/0/organizations/{}/members/", readMembers) { server, call throws(Denied) in
            try server.members(call)
        },
        Route("GET", "/api/0/projects/", readProjects) { server, call in server.projectList(call) },
        Route("GET", "/api/0/projects/{}/{}/", readProjects) { server, call throws(Denied) in
            try server.projectDetail(call)
        },

        Route("GET", "/api/0/organizations/{}/issues/", readEvents) { server, call throws(Denied) in
            try server.issueList(call)
        },
        Route("PUT", "/api/0/organizations/{}/issues/", writeEvents) { server, call throws(Denied) in
            try server.changeMany(call)
        },
        Route("DELETE", "/api/0/organizations/{}/issues/", ["event:admin"]) { server, call throws(Denied) in
            try server.deleteMany(call)
        },
        Route("GET", "/api/0/projects/{}/{}/issues/", readEvents) { server, call throws(Denied) in
            try server.issueList(call)
        },
        Route("PUT", "/api/0/organizations/{}/issues/{n}/", writeEvents) { server, call throws(Denied) in
            try server.changeStatus(call, issue: call.int(1))
        },
        Route("GET", "/api/0/issues/{n}/", readEvents) { server, call throws(Denied) in try server.issueDetail(call) },
        Route("PUT", "/api/0/issues/{n}/", writeEvents) { server, call throws(Denied) in
            try server.changeStatus(call, issue: call.int(0))
        },
        Route("DELETE", "/api/0/issues/{n}/", ["event:admin"]) { server, call throws(Denied) in
            try server.deleteIssue(call)
        },

        Route("GET", "/api/0/issues/{n}/events/", readEvents) { server, call throws(Denied) in
            try server.eventList(call)
        },
        Route("GET", "/api/0/issues/{n}/events/{}/", readEvents) { server, call throws(Denied) in
            try server.eventDetail(call)
        },
        Route("GET", "/api/0/issues/{n}/tags/", readEvents) { server, call throws(Denied) in
            try server.tagSummaries(call)
        },

        Route("GET", "/api/0/issues/{n}/comments/", readEvents) { server, call throws(Denied) in
            try server.commentList(call)
        },
        Route("POST", "/api/0/issues/{n}/comments/", writeEvents) { server, call throws(Denied) in
            try server.addComment(call)
        },
        Route("PUT", "/api/0/issues/{n}/comments/{n}/", writeEvents) { server, call throws(Denied) in
            try server.changeComment(call)
        },
        Route("DELETE", "/api/0/issues/{n}/comments/{n}/", ["event:admin"]) { server, call throws(Denied) in
            try server.deleteComment(call)
        },

        Route("GET", "/api/0/organizations/{}/issues-stats/", []) { server, call throws(Denied) in
            try server.issuesStatistics(call)
        },
        Route("GET", "/api/0/organizations/{}/stats_v2/", readOrganization) { server, call throws(Denied) in
            try server.statistics(call)
        },
        Route("GET", "/api/0/organizations/{}/releases/", releases) { server, call throws(Denied) in
            try server.releaseList(call)
        },
        Route("GET", "/api/0/organizations/{}/releases/{}/", releases) { server, call throws(Denied) in
            try server.releaseDetail(call)
        },
        Route("GET", "/api/0/projects/{}/{}/releases/", releases) { server, call throws(Denied) in
            try server.releaseList(call)
        },
        Route("GET", "/api/0/organizations/{}/monitors/", []) { server, call throws(Denied) in
            try server.monitorList(call)
        },
        Route("GET", "/api/0/organizations/{}/monitors/{n}/", []) { server, call throws(Denied) in
            try server.monitorDetail(call)
        },
    ]
}
