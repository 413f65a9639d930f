import Foundation
import PolicyFiles
import PolicyTools
import Testing

@Suite("planted mistakes")
struct PlantedMistakeTests {
    private static func says(_ planted: PlantedMistake) throws -> [String] {
        PolicyCheck.check(bytes(planted.text), name: planted.name, against: try Fixture.tools()).diagnostics
            .map { "\($0) [\($0.pointer)]" }
    }

    @Test("each mistake is found at its place, with a way out", arguments: PlantedMistake.all)
    func found(_ planted: PlantedMistake) throws {
        #expect(try Self.says(planted) == planted.says)
        #expect(!planted.says.isEmpty)
    }

    @Test("the table has errors and warnings, at least forty in all, and most come with a suggestion")
    func table() throws {
        if ProcessInfo.processInfo.environment["GATEHOUSE_RECORD"] != nil {
            try PlantedMistake.record(
                PlantedMistake.all.map { .init(name: $0.name, text: $0.text, says: try Self.says($0)) })
        }
        let lines = PlantedMistake.all.flatMap(\.says)
        #expect(lines.count >= 40)
        #expect(lines.count { $0.contains(": warning: ") } >= 30)
        #expect(lines.count { !$0.contains(": warning: ") } >= 10)
        #expect(lines.count { $0.contains(" – ") } * 3 >= lines.count * 2)
    }

    @Test("what is said of the document alone is said without definitions too")
    func withoutTools() {
        let text = """
            version: "1"
            default: deny
            tools:
              get_usr: {}
              create_charge: { limits: [{ counter: c, window: day, max: 0 }] }
            """
        let said = PolicyCheck.check(bytes(text), name: "policy.yaml").diagnostics.map(\.description)
        #expect(
            said == [
                """
                policy.yaml:5:61: warning: a limit of 0 denies every call – write `action: deny` with a `reason`, \
                which the agent can understand
                """
            ])
    }
}
