import Fetching

/// The console as declared: where people reach it, and the catalogue it shows.
struct DeclaredConsole: Sendable, Equatable {
    /// Where to listen, or nowhere.
    enum Listening: Sendable, Equatable {
        case off
        case on(ListenAddress)

        /// What was typed, or the environment says: an address, or `off`.
        init?(_ text: String) {
            if text == "off" {
                self = .off
            } else if let address = ListenAddress(text) {
                self = .on(address)
            } else {
                return nil
            }
        }
    }

    static let standard = ListenAddress(host: "127.0.0.1", port: 8421)

    var listening = Listening.on(standard)
    /// How people reach it, where that is not its own address: scheme, host and port.
    var publicOrigin: String?
    /// Whether clients sign in here; nil where the file says nothing of it.
    var authorization: Authorization?
    /// A signed catalogue, instead of the one in this program.
    var catalogue: CatalogueFile?

    /// The gateway's own authorisation server.
    enum Authorization: Sendable, Equatable {
        case off
        /// Origins inside one's own network at which clients' documents may lie, and a file of PEM certificates believed
        /// there beside the system's.
        case on(origins: [WebAddress], certificates: String?)
    }

    /// A catalogue file, and public keys whose signature counts beside this program's own.
    struct CatalogueFile: Sendable, Equatable {
        var path: String
        var trusted: [String]
    }
}
