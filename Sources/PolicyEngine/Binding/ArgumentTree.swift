import WireJSON

/// The arguments that a tool's rules look at, as a tree: a place that many rules name is looked up once per call.
///
/// Built when a snapshot is made, with what the accepted schema says of each place. What is needed for every call lies
/// flat, siblings linked by index, so that looking counts no references.
struct ArgumentTree: Sendable {
    /// One place in the arguments.
    struct Place: Sendable {
        let types: ValueTypes
        let hasDefault: Bool
        /// One of the members that rules look at has a default.
        fileprivate(set) var hasDefaults = false
        /// The first step into an object and into a list; -1 when no rule goes further.
        fileprivate(set) var firstMember: Int32 = -1
        fileprivate(set) var firstElement: Int32 = -1
        /// The place of the JSON that the text here carries; -1 when no rule looks into it.
        fileprivate(set) var carried: Int32 = -1
        /// By ``bucket(forLength:)``: the first member whose key folds to ASCII of such a length; -1 when there is
        /// none.
        fileprivate(set) var firstOfLength = InlineArray<16, Int32>(repeating: -1)
    }

    /// A step into an object.
    struct Member: Sendable {
        /// Where the key lies in ``keys``, and after it the key as a careless reader sees it, if that is ASCII.
        let key: Range<Int>
        let folded: Range<Int>
        let place: Int32
        let next: Int32
        /// The next in the same bucket.
        let nextOfLength: Int32
    }

    /// A step into a list.
    struct Element: Sendable {
        let position: Int
        let place: Int32
        let next: Int32
    }

    /// The first is that of the arguments themselves; every place comes after the one it lies in.
    private(set) var places: [Place] = []
    private(set) var members: [Member] = []
    private(set) var elements: [Element] = []
    private(set) var keys: [UInt8] = []
    /// By member.
    private(set) var names: [KeyName] = []
    /// By place.
    private(set) var schemas: [SchemaPlace?] = []

    init(inputSchema: JSON?) {
        addPlace(inputSchema.map { SchemaPlace(inputSchema: $0) })
    }

    /// Finds or makes the place that the steps lead to, up to the first `[*]`.
    ///
    /// - Returns: the place, and what remains of the steps.
    mutating func place(at steps: [PolicyPath.Step]) -> (place: Int, rest: ArraySlice<PolicyPath.Step>) {
        var place = 0
        for (position, step) in steps.enumerated() {
            switch step {
            case .key(let key): place = self.place(ofMember: key, in: place)
            case .index(let index): place = self.place(ofElement: index, in: place)
            case .carried: place = self.place(carriedBy: place)
            case .anyElement: return (place, steps[position...])
            }
        }
        return (place, [])
    }

    private mutating func place(ofMember key: [UInt8], in parent: Int) -> Int {
        var known = Int(places[parent].firstMember)
        while known >= 0 {
            if names[known].utf8 == key { return Int(members[known].place) }
            known = Int(members[known].next)
        }
        let name = KeyName(key)
        let place = addPlace(schemas[parent]?.place(after: .key(key)))
        let bucket = name.folded.map { Place.bucket(forLength: $0.count) }
        members.append(
            Member(
                key: addKey(key),
                folded: addKey(name.folded ?? []),
                place: Int32(place),
                next: places[parent].firstMember,
                nextOfLength: bucket.map { places[parent].firstOfLength[$0] } ?? -1))
        names.append(name)
        places[parent].firstMember = Int32(members.count - 1)
        if places[place].hasDefault { places[parent].hasDefaults = true }
        if let bucket { places[parent].firstOfLength[bucket] = Int32(members.count - 1) }
        return place
    }

    private mutating func place(ofElement position: Int, in parent: Int) -> Int {
        var known = Int(places[parent].firstElement)
        while known >= 0 {
            if elements[known].position == position { return Int(elements[known].place) }
            known = Int(elements[known].next)
        }
        let place = addPlace(schemas[parent]?.place(after: .index(position)))
        elements.append(Element(position: position, place: Int32(place), next: places[parent].firstElement))
        places[parent].firstElement = Int32(elements.count - 1)
        return place
    }

    private mutating func place(carriedBy text: Int) -> Int {
        if places[text].carried < 0 { places[text].carried = Int32(addPlace(schemas[text]?.place(after: .carried))) }
        return Int(places[text].carried)
    }

    @discardableResult
    private mutating func addPlace(_ schema: SchemaPlace?) -> Int {
        places.append(Place(types: schema?.types ?? .any, hasDefault: schema?.defaultValue != nil))
        schemas.append(schema)
        return places.count - 1
    }

    private mutating func addKey(_ key: [UInt8]) -> Range<Int> {
        let start = keys.count
        keys += key
        return start..<keys.count
    }
}

extension ArgumentTree.Place {
    /// Some rule looks further than here.
    var leadsOn: Bool { firstMember >= 0 || firstElement >= 0 || carried >= 0 }

    /// Keys of different lengths are mostly in different buckets.
    static func bucket(forLength length: Int) -> Int { length & 15 }
}
