/// What the server claims of itself: evidence, and the verdict only where nothing else says anything.
extension CategoryJudge {
    /// It looks, and pays for what it looks at.
    mutating func weighPaying() {
        guard category.rank < Category.financial.rank, let words = material.text.says(.pays) else { return }
        settle(.pay, .financial, min(confidence, 0.6))
        evidence.append(Evidence(.description, material.textWords(words), .category(.financial)))
    }

    mutating func weighHints() {
        let hints = material.annotations
        if hints.readOnly == true {
            if category == .read {
                confidence = min(confidence + 0.05, 0.98)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            } else if material.name.isSure || material.text.isSure || evidence.count > 1 {
                confidence -= 0.1
                evidence.append(Evidence(.annotation, "readOnlyHint", .raises(.contradiction)))
            } else {
                settle(.look, .read, 0.55)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            }
        } else if hints.destructive == true, hints.readOnly == false, category == .read, !material.name.isSure,
            !material.text.isSure || material.text.act?.category != .read
        {
            settle(.write, .write, 0.5)
            evidence.append(Evidence(.annotation, "destructiveHint", .category(.write)))
        } else if hints.destructive == true, category == .read {
            confidence -= 0.1
            evidence.append(Evidence(.annotation, "destructiveHint", .raises(.contradiction)))
        } else if hints.readOnly == false, category == .read, material.name.head == nil, !material.text.isSure {
            settle(.write, .write, 0.5)
            evidence.append(Evidence(.annotation, "readOnlyHint", .category(.write)))
        } else if hints.destructive == true, category == .destructive {
            confidence = min(confidence + 0.05, 0.98)
            evidence.append(Evidence(.annotation, "destructiveHint", .category(.destructive)))
        }
    }
}
