import Administration
import Testing

/// Tickets of sign-ins at providers, and how many are taken.
@Suite("Tickets of sign-ins at providers")
struct TicketTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    @Test("a ticket opens as it was sealed, here alone, for ten minutes, and is used once")
    func tickets() throws {
        let plain = Array("a question".utf8)
        let ticket = try office.sealTicket(plain)
        #expect(office.openTicket(ticket) == plain)
        for forged in ["", "00", ticket + "00", String(ticket.dropLast(2)), String(ticket.reversed())] {
            #expect(office.openTicket(forged) == nil)
        }
        #expect(Instance().administration.openTicket(ticket) == nil)
        #expect(office.useTicket(plain, from: "a") == .taken && office.useTicket(plain, from: "b") == .used)
        instance.wait(.seconds(599))
        #expect(office.openTicket(ticket) == plain && office.useTicket(plain, from: "a") == .used)
        instance.wait(.seconds(1))
        #expect(office.openTicket(ticket) == nil)
    }

    @Test(
        "so many answers from one address are looked at in a minute; what is too many is good later, and from elsewhere"
    )
    func bounded() throws {
        for number in 0..<AdministrationBounds.signInAnswersPerAddress {
            #expect(office.useTicket(Array("\(number)".utf8), from: "a") == .taken)
        }
        for _ in 0..<AdministrationBounds.signInAnswers {
            #expect(office.useTicket(Array("one more".utf8), from: "a") == .busy)
        }
        #expect(office.useTicket(Array("another's".utf8), from: "b") == .taken)
        instance.wait(.seconds(60))
        #expect(office.useTicket(Array("one more".utf8), from: "a") == .taken)
        #expect(office.useTicket(Array("0".utf8), from: "a") == .used)
    }

    @Test("so many answers from all addresses are looked at in a minute")
    func boundedTogether() throws {
        for number in 0..<AdministrationBounds.signInAnswers {
            #expect(office.useTicket(Array("\(number)".utf8), from: "\(number)") == .taken)
        }
        #expect(office.useTicket(Array("one more".utf8), from: "x") == .busy)
        instance.wait(.seconds(60))
        #expect(office.useTicket(Array("one more".utf8), from: "x") == .taken)
    }
}
