/// Where runbooks are: a folder on this machine, or one that somebody fills with what an address has.
package struct Source: Sendable {
    /// What people call it: the path, or the address without what is secret in it.
    private let name: String
    private let place: @Sendable () async -> Place

    /// Where its files are at the moment.
    package struct Place: Sendable {
        /// Nil while there are none.
        let path: String?
        /// Why there are none, or why they may be old.
        let trouble: String?

        package init(path: String?, trouble: String? = nil) {
            self.path = path
            self.trouble = trouble
        }
    }

    /// - Parameter place: asked each time; answers without waiting for the network.
    package init(name: String, place: @escaping @Sendable () async -> Place) {
        self.name = name
        self.place = place
    }

    package static func folder(_ path: String) -> Source { Source(name: path) { Place(path: path) } }

    func list() async -> Folder.Listing {
        let place = await place()
        var listing = place.path.map { Folder(path: $0, name: name).list() } ?? Folder.Listing()
        if let trouble = place.trouble { listing.troubles.append(Trouble(.error, file: name, trouble)) }
        return listing
    }
}
