import WireJSON

/// The hints a server gives about its tool. They are claims of the one who is judged: evidence, never the verdict.
struct Annotations {
    let readOnly: Bool?
    let destructive: Bool?
    let openWorld: Bool?

    init(_ annotations: JSON?) {
        readOnly = annotations?["readOnlyHint"]?.bool
        destructive = annotations?["destructiveHint"]?.bool
        openWorld = annotations?["openWorldHint"]?.bool
    }
}
