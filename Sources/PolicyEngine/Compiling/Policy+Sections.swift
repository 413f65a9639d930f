public import WireJSON

extension Policy {
    /// Tells whether the resource exists for those whom the policy governs: in lists, reads and subscriptions alike.
    ///
    /// URIs compare as bytes, as received and as a server may read them: hidden is what is hidden in any reading, listed
    /// what is listed in every one. A URI that has readings which are not known is visible only when a key is the URI
    /// itself, or nothing is said of resources but that all are allowed.
    ///
    /// - Parameter uri: the resource's URI, or the template's text, as it was received.
    public func visibility(ofResource uri: String) -> Visibility {
        let standing = document.resources?.standing ?? document.standing
        let name = ResourceName(uri)
        for reading in name.readings {
            if let rule = resources.rule(hiding: reading) { return .hidden(by: rule) }
        }
        if resources.namesExactly(name.utf8) { return .visible }
        if name.isDoubtful { return standing == .allow && resources.isEmpty ? .visible : .unlisted }
        return standing == .allow || name.readings.allSatisfy { resources.lists($0) } ? .visible : .unlisted
    }

    /// Tells whether the prompt exists for those whom the policy governs.
    public func visibility(ofPrompt name: String) -> Visibility {
        let standing = document.prompts?.standing ?? document.standing
        return prompts.visibility(of: Array(name.utf8), otherwise: standing)
    }

    /// Gathers the rules that apply to reading one resource, or subscribing to it.
    ///
    /// They are those of every key that matches the URI, as received or as a server may read it, and judge the arguments
    /// `{"uri": …}`. A `rate_limit` of a pattern counts all that the pattern matches in one
    /// counter: a client makes up URIs, and would have a fresh counter for each.
    ///
    /// Takes time in proportion to the patterns in the section and the rules that apply.
    public func rules(forResource uri: String) -> ToolRules {
        var binder = RuleBinder(Subject(kind: .resource, name: uri), inputSchema: nil, zone: document.zone)
        binder.add(resources.entries(matchingAny: ResourceName(uri).readings))
        return binder.rules(visibility: visibility(ofResource: uri))
    }

    /// Gathers the rules that apply to getting one prompt; they judge the `arguments` of `prompts/get`.
    ///
    /// - Parameters:
    ///   - name: the prompt's name, as it was received.
    ///   - inputSchema: a JSON Schema of the arguments, if one is known.
    public func rules(forPrompt name: String, inputSchema: JSON? = nil) -> ToolRules {
        var binder = RuleBinder(Subject(kind: .prompt, name: name), inputSchema: inputSchema, zone: document.zone)
        binder.add(prompts.entries(matching: Array(name.utf8)))
        return binder.rules(visibility: visibility(ofPrompt: name))
    }
}

extension NameIndex {
    /// That of `resources` or `prompts`; without one nothing is named.
    init(_ section: RuleSection?, named name: String) {
        self.init(section ?? RuleSection(standing: nil), at: "/\(name)/rules", hiddenAt: "/\(name)/hide")
    }
}

extension RuleBinder {
    /// Adds what every one of the keys says.
    mutating func add(_ entries: [NameIndex.Entry]) {
        for entry in entries { add(entry.group, at: entry.pointer, rank: entry.rank, naming: entry.names) }
    }
}
