/// The nodes of a text that is being read.
///
/// An array would ask at every access whether it is shared, which is a third of a small text's reading time; this one
/// cannot be.
struct NodeBuffer: ~Copyable {
    private var nodes: UnsafeMutablePointer<Node>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        nodes = .allocate(capacity: capacity)
    }

    // Nodes are plain bytes: there is nothing to deinitialise.
    deinit { nodes.deallocate() }

    @inline(__always)
    mutating func append(_ node: Node) {
        if count == capacity { grow() }
        (nodes + count).initialize(to: node)
        count += 1
    }

    @inline(__always)
    subscript(index: Int) -> Node {
        get {
            precondition(index >= 0 && index < count, "an index is that of a node read")
            return nodes[index]
        }
        _modify {
            precondition(index >= 0 && index < count, "an index is that of a node read")
            yield &nodes[index]
        }
    }

    /// The nodes, in just the memory they need.
    func array() -> [Node] { Array(UnsafeBufferPointer(start: nodes, count: count)) }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }
}
