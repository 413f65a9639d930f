// The commonest splices of one value, each giving the new text of that value alone.
extension JSON {
    /// This array without the elements for which `isRemoved` says so; the rest byte for byte. Any other value as it is.
    public func removingElements(where isRemoved: (JSON) -> Bool) -> [UInt8] {
        var splice = JSONSplice(self)
        splice.removeElements(of: self, where: isRemoved)
        return splice.apply()
    }

    /// This object without the members for which `isRemoved` says so; the rest byte for byte. Any other value as it is.
    public func removingMembers(where isRemoved: (JSONKey, JSON) -> Bool) -> [UInt8] {
        var splice = JSONSplice(self)
        splice.removeMembers(of: self, where: isRemoved)
        return splice.apply()
    }

    /// This object with another value for a key it has; nil if it has no such member.
    public func replacingMember(_ key: String, with value: some Collection<UInt8>) -> [UInt8]? {
        guard let old = self[key] else { return nil }
        var splice = JSONSplice(self)
        splice.replace(old.range, with: value)
        return splice.apply()
    }

    /// This object with the member set: in its place where it has it, else as the last.
    ///
    /// - Precondition: This is an object.
    public func settingMember(_ key: String, _ value: some Collection<UInt8>) -> [UInt8] {
        var splice = JSONSplice(self)
        splice.setMember(key, of: self, to: value)
        return splice.apply()
    }

    /// This object with one more member, the last; nil if it has the key already or is no object.
    public func addingMember(_ key: String, _ value: some Collection<UInt8>) -> [UInt8]? {
        guard kind == .object, self[key] == nil else { return nil }
        var splice = JSONSplice(self)
        splice.setMember(key, of: self, to: value)
        return splice.apply()
    }
}
