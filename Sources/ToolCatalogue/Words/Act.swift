/// What a verb does. The raw text is the heading of its line in ``VerbTable``.
enum Act: String, Sendable, Hashable, CaseIterable {
    /// Reads, lists, searches.
    case look
    /// Works something out; nothing is kept.
    case compute
    /// Says only that something is done, not what.
    case manage
    /// Makes something new, or only a text: the object tells.
    case make
    /// Makes, changes or keeps.
    case write
    /// Makes a small mark.
    case touch
    /// Gives to other people.
    case send
    /// Ties two things that can be untied again.
    case link
    /// Unties two things that can be tied again.
    case unlink
    /// Ends something under way.
    case cancel
    /// Lets something run.
    case run
    /// Starts or stops something: running only where the object is a machine, a service or a job.
    case start
    /// Takes away.
    case destroy
    /// Moves money.
    case pay

    /// The category of the act alone, before any object is looked at.
    var category: Category {
        switch self {
        case .look, .compute: .read
        case .manage, .make, .write, .touch, .send, .link, .unlink, .cancel, .start: .write
        case .run: .execute
        case .destroy: .destructive
        case .pay: .financial
        }
    }
}
