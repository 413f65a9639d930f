/// What matters about a tool to somebody who would misuse it.
struct ToolNature {
    /// An argument, by name and by JSON Pointer into the input schema.
    struct Argument {
        let name: String
        let pointer: String
    }

    /// Returns text that strangers may have written.
    let bringsForeignText: Bool
    /// Returns what is private, or secret.
    let readsPrivate: Bool
    let returnsSecrets: Bool
    /// Its effect reaches other people.
    let reachesOut: Bool
    let changesAccess: Bool
    let takesAway: Bool
    let takesAwayMuch: Bool
    let movesMoney: Bool
    let runsText: Bool
    let actsForOthers: Bool
    /// A free text that is an address.
    let address: Argument?
    /// A free text that is a path.
    let path: Argument?
    /// A free text that is a token or password.
    let secret: Argument?
    /// A free text that is run.
    let program: Argument?
    let confirmation: Argument?
    /// The text names a tool of another server, or the definition contradicts itself.
    let contradicts: Bool

    init(_ material: Material, _ verdict: Classification) {
        let things = material.allThings
        let isRead = verdict.category == .read
        let changes = !isRead
        bringsForeignText = isRead && (!things.isDisjoint(with: .foreign) || material.annotations.openWorld == true)
        readsPrivate = isRead && verdict.risk >= .medium
        returnsSecrets = isRead && verdict.raises(.secrets)
        reachesOut = verdict.raises(.outward)
        changesAccess = changes && (verdict.raises(.accessControl) || verdict.raises(.secrets))
        takesAway = verdict.category == .destructive
        takesAwayMuch = takesAway && (verdict.raises(.bulk) || verdict.raises(.wholeContainer))
        movesMoney = verdict.category == .financial
        runsText = verdict.category == .execute
        actsForOthers = verdict.risk >= .high && changes
        contradicts = verdict.raises(.contradiction)
        confirmation = material.schema.confirmation.map { Argument(name: $0.name, pointer: $0.pointer) }
        func argument(_ things: Thing) -> Argument? {
            material.schema.freeText.first { !$0.thing.isDisjoint(with: things) }
                .map { Argument(name: $0.name, pointer: $0.pointer) }
        }
        address = argument(.web)
        path = argument(.saved)
        secret = material.schema.freeText
            .first(where: \.isSecret)
            .map { Argument(name: $0.name, pointer: $0.pointer) }
        program = verdict.category == .execute ? argument([.shell, .code, .query]) : nil
    }
}
