/// Every bound of the SQLite store, in one place.
enum SQLiteBounds {
    /// How long a connection waits for another process's transaction, in seconds.
    static let busyTimeout = 5.0

    /// How often opening is tried when another process is making the file at the same moment.
    static let openAttempts = 20

    /// The pause between two such attempts, in seconds.
    static let openPause = 0.025

    /// How large a new file's pages are, bytes.
    static let pageSize = 16_384

    /// Connections that read while the one that writes goes on.
    static let readers = 3

    /// Reservations that may wait for the next transaction; beyond that they fail with `overloaded`.
    static let waitingReservations = 4_096

    /// Counters that have long passed, removed with one transaction.
    static let forgottenPerTransaction = 8

    /// How long a passed counter is kept, in milliseconds: a clock set back by less forgets nothing.
    static let passedCounterRetention: Int64 = 86_400_000

    /// Memory for making a catalogue's index, in KiB.
    static let catalogueCacheKiB = 65_536
}
