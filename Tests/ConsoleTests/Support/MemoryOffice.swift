import Administration
import GatewayStorage

@testable import Console

/// Administration over a directory in memory that has one organisation; nothing around it is asked.
enum MemoryOffice {
    static func open() async throws -> (office: Administration, parts: AdministrationParts) {
        let clock: WallClock = { WallTime(milliseconds: 1_790_000_000_000) }
        let ports = AdministrationPorts(
            record: { _ in true }, events: { _, _, _ throws(Refusal) in [] },
            lastUsed: { _, _, _ throws(Refusal) in nil }, calls: { _ throws(Refusal) in [] }, changed: { true },
            listTools: { _ in .failure(ListingFailure("there is none")) },
            checkPolicy: { _ in PolicyVerdict(errors: [], warnings: []) }, comparePolicies: { _, _, _ in nil },
            objection: { _, _, _ in nil },
            declared: { DeclaredNames() })
        let office = Administration(
            directory: Directory(MemoryDirectory()),
            passwords: PasswordDesk(cost: .init(rounds: 16, blockSize: 1, parallelism: 1)),
            keyring: Keyring(SecretKey.make().key), ports: ports, clock: clock)
        guard let link = try await office.makeFirstLink() else { preconditionFailure("there is nobody yet") }
        _ = try await office.signUp(
            link: link, organisation: "Acme",
            .init(fullName: "Ann", email: "ann@example.com", password: "correct horse battery"))
        return (office, AdministrationParts(office: office, operatorDigest: nil, clock: clock))
    }
}
