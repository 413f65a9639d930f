import ArgumentParser
import Foundation
import WireJSON

/// A server's entry in the catalogue, as options of the command that registers it.
struct CatalogueOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server of this name in the catalogue, in the version there.", valueName: "name"))
    var fromCatalogue: String?
    @Option(
        help: ArgumentHelp(
            "Also write the catalogue's recommendation as the draft of a new policy of this name.", valueName: "policy")
    )
    var draftPolicy: String?

    func validate() throws {
        guard draftPolicy == nil || fromCatalogue != nil else {
            throw ValidationError("--draft-policy goes with --from-catalogue")
        }
    }

    func write(to json: inout JSONWriter) {
        if let fromCatalogue { json.member("catalogue", fromCatalogue) }
    }

    /// Writes the draft, if one is asked for, of a server that is registered already.
    ///
    /// - Throws: ``CommandFailure`` that says so.
    func draftPolicy(at instance: RemoteInstance) async throws {
        guard let fromCatalogue, let draftPolicy else { return }
        do {
            try await put(draftPolicy, for: fromCatalogue, at: instance)
        } catch let failure as CommandFailure {
            throw CommandFailure(
                "the server is registered; the draft is not: \(failure) – `gatehouse policy draft` writes it",
                failure.code)
        }
        FileHandle.standardError.write(
            Data("drafted `\(draftPolicy)`; `gatehouse policy publish \(draftPolicy)` puts it in force\n".utf8))
    }

    private func put(_ draftPolicy: String, for fromCatalogue: String, at instance: RemoteInstance) async throws {
        let offer = try await instance.ask(.get, "/catalogue?name=\(RemoteInstance.encoded(fromCatalogue))")
        guard let policy = offer?["policy"] else { throw CommandFailure("the instance recommends no policy") }
        _ = try await instance.ask(.post, "/policies") { json in
            json.member("name", draftPolicy)
            json.member("document", String(decoding: policy.bytes, as: UTF8.self))
        }
    }
}
