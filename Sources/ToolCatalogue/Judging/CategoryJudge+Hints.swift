/// What the server claims of itself: evidence, and the verdict only where nothing else says anything.
extension CategoryJudge {
    /// It looks, and pays for what it looks at.
    mutating func weighPaying() {
        guard category.rank < Category.financial.rank, let words = material.text.says(.pays) else { return }
        settle(.pay, .financial, min(confidence, 0.6))
        evidence.append(Evidence(.description, material.textWords(words), .category(.financial)))
    }

    /// `build_context`, `run_report`: a word that makes, or only shows, and the server says which.
    private var mayOnlyLook: Bool {
        guard !material.schema.takesText([.shell, .code, .query]) else { return false }
        return act == .make
            || nameAct == .run && material.name.lastThings.contains(.figure)
    }

    /// The text says what becomes of what was there, of the account, or of what comes back.
    mutating func weighConsequences() {
        if category == .read, act == .compute || act == .make, material.annotations.readOnly != true,
            let words = material.text.says(.keeps)
        {
            settle(act ?? .compute, .write, min(confidence, 0.6))
            evidence.append(Evidence(.description, material.textWords(words), .category(.write)))
        }
        guard category == .write || category == .execute || category == .read && !material.name.isSure else { return }
        if category != .read || act != .compute, let words = material.text.says(.bills) {
            settle(.link, .financial, min(confidence, 0.6))
            evidence.append(Evidence(.description, material.textWords(words), .category(.financial)))
        } else if category != .read, act != .touch, let words = material.text.says(.loses) {
            settle(.destroy, .destructive, min(confidence, 0.6))
            evidence.append(Evidence(.description, material.textWords(words), .category(.destructive)))
        }
    }

    mutating func weighHints() {
        let hints = material.annotations
        if hints.readOnly == true {
            if category == .read {
                confidence = min(confidence + 0.05, 0.98)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            } else if material.name.isSure || material.text.isSure || evidence.count > 1 && !mayOnlyLook {
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
