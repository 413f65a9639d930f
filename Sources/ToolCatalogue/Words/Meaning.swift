/// What the lexicon knows of one word form.
struct Meaning: Sendable, Hashable {
    /// What the verb does; the first that the table gives it.
    var act: Act?
    /// Stands among the verbs of other languages than English alone.
    var isForeign = false
    /// What else the verb may do.
    var other: Act?
    /// As often a noun: a verb only where a verb is expected.
    var isSoft = false
    /// Ends in -ing: a verb only in a sentence.
    var isGerund = false
    /// Ends in -s: in a name, a plural.
    var isPlural = false
    var things: Thing = []
    /// What its change puts at stake.
    var stakes: Stake = []
    /// Ends a pair of ``StakeTable/pairs``.
    var endsPair = false

    /// Stands in a phrase of ``Phrase``, in a script without spaces.
    var isSaid = false

    static let unknown = Meaning()

    /// A verb wherever it stands.
    var isSureVerb: Bool { act != nil && !isSoft && !isGerund }

    /// May be the verb at the head of a name or sentence.
    var isVerb: Bool { act != nil && !isGerund }
}
