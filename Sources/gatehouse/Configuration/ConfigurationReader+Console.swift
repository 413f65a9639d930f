import PolicyFiles
import ToolCatalogue

extension ConfigurationReader {
    /// `off`, or a mapping of what differs from the defaults.
    mutating func console(_ value: Located) -> DeclaredConsole {
        var console = DeclaredConsole()
        // YAML 1.1 takes a bare `off` for `false`.
        if value.scalarText == "off" || value.bool == false {
            console.listening = .off
            return console
        }
        for member in members(of: value, keys: ["listen", "public_url", "authorization", "catalogue"]) {
            switch member.key {
            case "listen":
                guard let text = text(member.value) else { continue }
                guard let listening = DeclaredConsole.Listening(text) else {
                    report(member.value, "`\(text)` is no address to listen on", "write `127.0.0.1:8421`, or `off`")
                    continue
                }
                console.listening = listening
            case "public_url": console.publicOrigin = publicOrigin(member.value)
            case "authorization": console.authorization = authorization(member.value)
            case "catalogue": console.catalogue = catalogue(member.value)
            default: break
            }
        }
        return console
    }

    private mutating func catalogue(_ value: Located) -> DeclaredConsole.CatalogueFile? {
        var file = DeclaredConsole.CatalogueFile(path: "", trusted: [])
        for member in members(of: value, keys: ["file", "trust"]) {
            if member.key == "file" { file.path = text(member.value) ?? "" }
            if member.key == "trust" { file.trusted = keys(member.value) }
        }
        guard !file.path.isEmpty else {
            report(value, "`catalogue` needs a `file`", nil)
            return nil
        }
        return file
    }

    private mutating func keys(_ value: Located) -> [String] {
        for element in elements(of: value) {
            guard let key = text(element), CataloguePublicKey(hex: key) == nil else { continue }
            report(
                element, "`\(key)` is no public key – `gatehouse catalog key` prints one of 64 hexadecimal digits", nil)
        }
        return texts(value)
    }
}
