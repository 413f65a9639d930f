/// One thing that two policies decide differently.
public struct PolicyDifference: Sendable, Hashable {
    /// Who gains by it.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// More calls pass, or with less asked of them.
        case looser
        /// Fewer calls pass, or with more asked of them.
        case tighter
        /// Neither, or it cannot be told.
        case other
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A tool that was not there is, or one whose every call was denied is open.
        case gained
        /// A tool that was there is not listed any more.
        case lost
        case hidden
        /// Every call is now denied; the tool stays in the list.
        case closed
        /// A limit is new or lower.
        case capped
        /// A limit is gone or higher.
        case uncapped
        /// A person is asked where none was.
        case held
        /// Nobody is asked where a person was.
        case released
        /// A condition for passing is new or stronger.
        case tightened
        /// A condition for passing is gone or weaker.
        case loosened
        /// What is said or who is asked, not what passes.
        case reworded
        /// A setting of the whole document.
        case setting
    }

    /// What it is about: a tool's name, a pattern, or a sentence for whatever neither names.
    public var subject: String
    public var kind: Kind
    public var direction: Direction
    /// What has changed, in words.
    public var detail: String
    /// Where in the old and in the new document, as JSON Pointers.
    public var oldPointer: String?
    public var newPointer: String?

    public init(
        subject: String, kind: Kind, direction: Direction, detail: String, oldPointer: String? = nil,
        newPointer: String? = nil
    ) {
        self.subject = subject
        self.kind = kind
        self.direction = direction
        self.detail = detail
        self.oldPointer = oldPointer
        self.newPointer = newPointer
    }
}
