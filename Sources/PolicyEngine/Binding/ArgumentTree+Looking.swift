import WireJSON

extension ArgumentTree {
    /// Looks at a call's arguments, once for all the rules of the tool. Everything has been set to absent.
    func look(at arguments: JSON?, _ seen: borrowing Sightings) {
        if let arguments { seen[0] = Sight(arguments, in: seen.source.span) }
        for place in places.indices where places[place].leadsOn {
            look(inside: place, seen)
        }
    }

    /// Looks one step further from a place that has been looked at.
    private func look(inside place: Int, _ seen: borrowing Sightings) {
        let origin = seen[place].origin
        if places[place].carried >= 0 {
            seen[Int(places[place].carried)] = seen[place].carried(in: seen.source.span)
        }
        switch seen[place].kind {
        case .absent:
            // In an argument that is not there is nothing either; the arguments themselves may be left out.
            if place == 0 { forEachMember(of: 0) { assumeAbsence(at: Int(members[$0].place), seen) } }
        case .obscured:
            let why = seen[place].obscurity
            forEachMember(of: place) { seen[Int(members[$0].place)] = .obscured(why) }
            forEachElement(of: place) { seen[Int(elements[$0].place)] = .obscured(why) }
        case .object:
            guard let object = seen[place].json else { return }
            forEachElement(of: place) { seen[Int(elements[$0].place)] = .obscured(.notAContainer) }
            look(amongMembersOf: object, from: place, from: origin, seen)
        case .list:
            guard let list = seen[place].json else { return }
            forEachMember(of: place) { seen[Int(members[$0].place)] = .obscured(.notAContainer) }
            let source = list.source
            let bytes = source.span
            forEachElement(of: place) { element in
                let next = Int(elements[element].place)
                if let value = list[elements[element].position] {
                    seen[next] = sight(of: value, in: bytes, at: next, from: origin)
                } else {
                    assumeAbsence(at: next, seen)
                }
            }
        case .null, .truth, .number, .largeNumber, .text, .spelledText:
            forEachMember(of: place) { seen[Int(members[$0].place)] = .obscured(.notAContainer) }
            forEachElement(of: place) { seen[Int(elements[$0].place)] = .obscured(.notAContainer) }
        }
    }

    private func look(
        amongMembersOf object: JSON, from place: Int, from origin: Origin, _ seen: borrowing Sightings
    ) {
        if places[place].hasDefaults { forEachMember(of: place) { assumeAbsence(at: Int(members[$0].place), seen) } }
        let source = object.source
        let bytes = source.span
        let keys = keys.span
        let firstOfLength = places[place].firstOfLength
        object.forEachMember { key, value in
            let spelling = KeySpelling(key, in: bytes)
            guard spelling.isPlain else {
                look(atOdd: key, value, of: object, in: bytes, from: place, from: origin, seen)
                return
            }
            var index = Int(firstOfLength[Place.bucket(forLength: spelling.interior.count)])
            while index >= 0 {
                let member = members[index]
                let relation = spelling.relation(
                    to: keys.extracting(member.key), folded: keys.extracting(member.folded), in: bytes)
                if relation != .other {
                    see(key, value, of: object, in: bytes, relation, member: index, of: place, from: origin, seen)
                }
                index = Int(member.nextOfLength)
            }
        }
    }

    /// Looks at a member whose key is not written as it is meant, or is no ASCII.
    private func look(
        atOdd key: JSONPlace, _ value: JSONPlace, of object: JSON, in bytes: borrowing Span<UInt8>, from place: Int,
        from origin: Origin, _ seen: borrowing Sightings
    ) {
        let name = object.key(at: key)
        // Folded once, however many names it is compared with.
        let folded = LookAlike.fold(name.string)
        var member = Int(places[place].firstMember)
        while member >= 0 {
            let relation = names[member].relation(to: name, folded: folded)
            see(key, value, of: object, in: bytes, relation, member: member, of: place, from: origin, seen)
            member = Int(members[member].next)
        }
    }

    /// Takes note of a member that a path steps into, or that may be taken for it.
    private func see(
        _ key: JSONPlace, _ value: JSONPlace, of object: JSON, in source: borrowing Span<UInt8>,
        _ relation: KeyRelation, member: Int, of place: Int, from origin: Origin, _ seen: borrowing Sightings
    ) {
        let next = Int(members[member].place)
        switch relation {
        case .other:
            return
        case .same:
            let isObscured = seen[next].kind == .obscured && seen[next].obscurity == .lookAlike
            if !isObscured {
                let sight = Sight(value, of: object, in: source, from: origin)
                seen[next] = places[next].types.admit(sight) ? sight : .obscured(.againstSchema)
            }
        case .lookAlike:
            let other = object.key(at: key).string
            let areBothDeclared = schemas[place]?.declares(names[member].text, and: other) == true
            if !areBothDeclared { seen[next] = .obscured(.lookAlike) }
        }
    }

    /// Has the schema's default judged where no value is; without one the place stays absent.
    private func assumeAbsence(at place: Int, _ seen: borrowing Sightings) {
        guard places[place].hasDefault, let value = schemas[place]?.defaultValue else { return }
        seen[place] = places[place].types.sight(ofDefault: value)
    }

    private func sight(of value: JSON, in source: borrowing Span<UInt8>, at place: Int, from origin: Origin) -> Sight {
        places[place].types.sight(of: value, in: source, from: origin)
    }

    @inline(__always)
    private func forEachMember(of place: Int, _ body: (Int) -> Void) {
        var member = Int(places[place].firstMember)
        while member >= 0 {
            body(member)
            member = Int(members[member].next)
        }
    }

    @inline(__always)
    private func forEachElement(of place: Int, _ body: (Int) -> Void) {
        var element = Int(places[place].firstElement)
        while element >= 0 {
            body(element)
            element = Int(elements[element].next)
        }
    }
}

extension ValueTypes {
    /// What is judged where this value is.
    func sight(of value: JSON, in source: borrowing Span<UInt8>, from origin: Origin) -> Sight {
        let sight = Sight(value, in: source, from: origin)
        return admit(sight) ? sight : .obscured(.againstSchema)
    }

    /// What is judged where there is no value, and the schema has one.
    func sight(ofDefault value: JSON) -> Sight {
        let source = value.source
        return sight(of: value, in: source.span, from: .schema)
    }
}
