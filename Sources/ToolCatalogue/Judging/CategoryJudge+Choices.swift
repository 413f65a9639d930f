/// One tool for several acts: the worst that a call can choose counts.
extension CategoryJudge {
    /// `issue_write`, `manage_users`: one tool for all changes to a thing.
    var isAboutAnything: Bool {
        guard let head = material.name.head else { return true }
        // `enable_approval`: what is named.
        if WordSet.enabling.contains(material.name.words[head].key) { return false }
        return material.name.act == .manage || material.name.words[head].is(KnownWord.write) && head > 0
    }

    mutating func weighChoices() {
        if isAboutAnything, category != .read, !material.schema.choices.contains(where: \.isSure),
            let removal = material.text.mentionsRemoval()
        {
            settle(.destroy, .destructive, 0.6)
            evidence.append(Evidence(.description, material.textWord(removal), .category(.destructive)))
        }
        // Three say that it only looks: the choice is what is looked at, such as a permission to delete.
        if category == .read, material.annotations.readOnly == true, nameAct?.category == .read,
            textAct?.category == .read
        {
            return
        }
        // What runs any program can do what its other choices do.
        if category == .execute, nameAct == .run, material.schema.takesText([.code, .shell]),
            !material.name.things.isDisjoint(with: [.code, .shell])
        {
            return
        }
        let canGive = material.schema.choices.contains { Self.giving.contains($0.verb) }
        var choices = material.schema.choices.filter { !(canGive && Self.taking.contains($0.verb)) }
        if material.name.words.contains(where: { $0.things.contains(.started) }) {
            // `discard` a run: it does not go on.
            for place in choices.indices where choices[place].verb == KnownWord.discard { choices[place].act = .cancel }
        }
        if material.dealsInMoney || material.allThings.contains(.perhapsMoney) {
            for place in choices.indices where choices[place].act == .send || choices[place].other == .pay {
                choices[place].act = .pay
            }
        }
        guard let worst = choices.max(by: { $0.act.category.rank < $1.act.category.rank }) else { return }
        let rank = worst.act.category.rank
        let isCheap = worst.act == .pay && !material.dealsInMoney && !material.allThings.contains(.perhapsMoney)
        if rank > category.rank, worst.isSure || act == .manage, !isCheap {
            settle(worst.act, worst.act.category, max(confidence - 0.1, 0.4))
            evidence.append(Evidence(.schema(worst.pointer), worst.value, .category(category)))
        } else if act == .manage {
            settle(worst.act, worst.act.category, 0.7)
            evidence.append(Evidence(.schema(worst.pointer), worst.value, .category(category)))
        }
    }
}
