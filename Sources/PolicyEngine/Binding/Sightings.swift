import WireJSON

/// What one call shows at each place of an ``ArgumentTree``, kept on the stack while the call is judged.
struct Sightings: ~Copyable {
    // Lives as long as the closure it is lent to; up to some twenty places take no allocation.
    private let sights: UnsafeMutableBufferPointer<Sight>
    /// The bytes that the call's arguments lie in.
    let source: [UInt8]

    /// Looks at the call's arguments and lends what they show.
    @inline(__always)
    static func taken<Result>(
        of arguments: JSON?, by tree: ArgumentTree, _ body: (borrowing Sightings) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: Sight.self, capacity: tree.places.count) { buffer in
            for place in buffer.indices { buffer.initializeElement(at: place, to: .absent()) }
            defer { buffer.deinitialize() }
            let sightings = Sightings(sights: buffer, source: arguments?.source ?? [])
            tree.look(at: arguments, sightings)
            return body(sightings)
        }
    }

    subscript(place: Int) -> Sight {
        _read { yield sights[place] }
        nonmutating _modify { yield &sights[place] }
    }
}
