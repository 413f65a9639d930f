import WireJSON

/// A path with a `[*]` in it: it shows many values, each judged by itself.
struct ElementPath: Sendable {
    /// A step of the path, from the first `[*]` on.
    private struct Leg: Sendable {
        let step: PolicyPath.Step
        /// The step's name, when it is one into an object.
        let name: KeyName?
        /// The schema of what it starts from, and of what it leads to.
        let origin: SchemaPlace?
        let place: SchemaPlace?
    }

    /// Where the list is that the first `[*]` goes through.
    let start: Int
    private let legs: [Leg]
    /// Every element must pass, as `require` wants; else one is enough.
    private let isEvery: Bool

    init(_ steps: ArraySlice<PolicyPath.Step>, from start: Int, _ schema: SchemaPlace?, isEvery: Bool) {
        var legs: [Leg] = []
        var origin = schema
        for step in steps {
            let place = origin?.place(after: step)
            var name: KeyName?
            if case .key(let key) = step { name = KeyName(key) }
            legs.append(Leg(step: step, name: name, origin: origin, place: place))
            origin = place
        }
        self.start = start
        self.legs = legs
        self.isEvery = isEvery
    }

    /// How one value is judged.
    typealias Judging = (borrowing Sight, borrowing Span<UInt8>) -> Judgement

    /// Judges each value that the path shows, and what they come to together.
    func judge(_ seen: borrowing Sightings, _ judging: Judging) -> Judgement {
        judge(seen[start], in: seen.source.span, legs[...], judging)
    }

    private func judge(
        _ sight: borrowing Sight, in source: borrowing Span<UInt8>, _ legs: ArraySlice<Leg>, _ judging: Judging
    ) -> Judgement {
        guard let leg = legs.first, sight.kind != .absent else { return judging(sight, source) }
        let rest = legs.dropFirst()
        if leg.step == .carried {
            let carried = sight.carried(in: source)
            let text = carried.json?.source ?? []
            return judge(carried, in: text.span, rest, judging)
        }
        guard let container = sight.json else { return .cannotBeJudged }
        switch (leg.step, sight.kind) {
        case (.anyElement, .list):
            var judgement = Judgement(isEvery)
            for element in container.elements {
                let one = judge(element, leg, from: sight.origin, rest, judging)
                judgement = isEvery ? judgement.and(one) : judgement.or(one)
            }
            return judgement
        case (.index(let position), .list):
            return judge(container[position], leg, from: sight.origin, rest, judging)
        case (.key, .object):
            guard let name = leg.name, !name.isObscured(in: container, leg.origin) else { return .cannotBeJudged }
            return judge(container[name.text], leg, from: sight.origin, rest, judging)
        case (.anyElement, _), (.index, _), (.key, _), (.carried, _):
            return .cannotBeJudged
        }
    }

    private func judge(
        _ value: JSON?, _ leg: Leg, from origin: Origin, _ rest: ArraySlice<Leg>, _ judging: Judging
    ) -> Judgement {
        let types = leg.place?.types ?? .any
        if let value {
            let source = value.source
            let sight = types.sight(of: value, in: source.span, from: origin)
            return judge(sight, in: source.span, rest, judging)
        }
        let absence = leg.place?.defaultValue.map { types.sight(ofDefault: $0) } ?? .absent()
        return judge(absence, in: Span(), rest, judging)
    }
}
