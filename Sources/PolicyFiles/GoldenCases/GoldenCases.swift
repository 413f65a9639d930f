import PolicyEngine

/// Cases that a policy must decide as they say: `cases.yaml` beside `policy.yaml`.
///
///     cases:
///       - name: users are listed
///         call: { tool: list_users, arguments: { max_items: 10 } }
///         expect: allow
///       - name: nobody becomes an administrator
///         call: { tool: attach_user_policy, arguments: { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } }
///         expect: deny
///         rule: /tools/attach_user_policy/deny_if/0
///
/// `expect` is `visible`, `hidden`, `unlisted`, `allow` (with `charges` and `approvals`, the ids of rules that ask) or
/// `deny` (with `rule` and `message`). A call names a `tool`, a `resource` by its URI, or a `prompt`. It may carry
/// `schema`, the input schema that was accepted, and `context`, whose keys are those of paths, and `time` an RFC 3339
/// time: `{ grant: { label: ci }, time: 2026-07-28T12:00:00Z }`. Schemas that several cases share stand once, under
/// `tools`.
public struct GoldenCases: Sendable {
    public var cases: [GoldenCase]

    /// Reads the cases of a file; `nil` when something in it is wrong, and then the diagnostics say what.
    public static func load(path: String) -> (cases: GoldenCases?, diagnostics: [Diagnostic]) {
        switch BoundedFile.bytes(at: path) {
        case .success(let bytes): parse(bytes, name: path)
        case .failure(let problem): (nil, [LocatedDocument.problem(path, 1, 1, problem.description)])
        }
    }

    /// Reads cases from YAML, or from JSON when the name ends with `.json`.
    public static func parse(_ bytes: [UInt8], name: String) -> (cases: GoldenCases?, diagnostics: [Diagnostic]) {
        let (value, syntax) = LocatedDocument.parse(bytes, name: name)
        guard let value else { return (nil, syntax) }
        var decoder = PolicyDecoder(problems: Problems(file: name))
        let cases = decoder.goldenCases(value)
        let diagnostics = decoder.problems.sorted
        return (decoder.problems.hasErrors ? nil : GoldenCases(cases: cases), diagnostics)
    }
}
