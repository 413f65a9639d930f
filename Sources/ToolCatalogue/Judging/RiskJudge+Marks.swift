/// What is gone with the session, or put back with a touch: what plays, what is chosen, what lies in the clipboard.
extension RiskJudge {
    var isPassing: Bool { isPlaying || isOfWindow || isOfBrowser || isChosenForNow || isStaged }

    /// `pause_playback`, `next_track`, `set_volume` of what plays.
    private var isPlaying: Bool {
        guard act != .make, act != .send else { return false }
        let isPlayed = names(WordSet.played) || sentenceHas(WordSet.played)
        return isPlayed && (isVerb(in: WordSet.playing) || isNoun(in: WordSet.playback))
    }

    /// `raise_window`, `set_clipboard`: what one person looks at.
    private var isOfWindow: Bool {
        (act == .write || act == .manage) && isNoun(in: WordSet.looks) && material.core.count <= 2
    }

    /// `browser_close: Close the page`; the next look opens it again.
    private var isOfBrowser: Bool {
        guard isVerb(in: WordSet.browsing), material.name.words.count == 2 else { return false }
        return names(WordSet.browsers) && sentenceHas(WordSet.browsed)
            || names(WordSet.sessions) && sentenceHas(WordSet.browsers)
    }

    /// `use_project`, and the text says that it holds for the calls that follow.
    var isChosenForNow: Bool {
        guard isVerb(in: WordSet.choosing) else { return false }
        return material.text.says(.forNow) != nil
    }

    /// Put with what is to be committed; nothing is yet.
    private var isStaged: Bool { sentenceHas(WordSet.stagings) && (isVerb(in: WordSet.making) || act == .touch) }
}
