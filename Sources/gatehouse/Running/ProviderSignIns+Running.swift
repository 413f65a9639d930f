import Administration
import Console
import Gateway
import GatewayStorage
import IdentityProviders
import Logging
import OAuthMessages

extension ProviderSignIns {
    /// Sign-ins at the providers that are in force, ended by administration's rules.
    static func of(
        _ keeper: ConfigurationKeeper, office: Administration, clock: GatewayClock, logger: Logger
    ) -> ProviderSignIns {
        let desk = SignInDesk(office: office, clock: clock, logger: logger)
        return ProviderSignIns {
            keeper.signIn.providers.map { .init(name: $0.name, title: $0.declared.title) }
        } begin: { name, redirect in
            guard let provider = keeper.signIn.provider(name) else { return .failure(.unknownProvider) }
            return await desk.begin(provider, redirect)
        } finish: { back in
            guard let provider = keeper.signIn.provider(back.provider) else { return .failure(.unknownProvider) }
            return await desk.finish(provider, back)
        }
    }
}

/// One sign-in's two halves, joined by the ticket that its browser keeps.
struct SignInDesk: Sendable {
    let office: Administration
    let clock: GatewayClock
    let logger: Logger

    func begin(
        _ provider: RunningSignIn.Provider, _ redirect: String
    ) async -> Result<ProviderSignIns.Departure, ProviderSignIns.Refusal> {
        let question = SignInQuestion(
            at: provider.declared.settings.provider, redirect: redirect, now: clock.secondsSince1970)
        do throws(SignInProblem) {
            let address = try await provider.client.address(asking: question)
            guard let ticket = try? office.sealTicket(question.bytes) else { return .failure(.office) }
            return .success(.init(address: address, ticket: ticket))
        } catch {
            return .failure(refusal(error, provider))
        }
    }

    func finish(
        _ provider: RunningSignIn.Provider, _ back: ProviderSignIns.Return
    ) async -> Result<Administration.SignedIn, ProviderSignIns.Refusal> {
        guard let kept = office.openTicket(back.ticket), let question = SignInQuestion(kept),
            question.provider.utf8.elementsEqual(provider.name.utf8),
            question.redirect.utf8.elementsEqual(back.redirect.utf8),
            let answer = AuthorizationAnswer(query: back.query), question.isAnswered(by: answer)
        else { return .failure(.notBegun) }
        // Once it is taken the ticket is gone, whatever comes of it; where too many come at once it stays good.
        switch office.useTicket(kept, from: back.peer) {
        case .taken: break
        case .used: return .failure(.notBegun)
        case .busy: return .failure(.busy)
        }
        let person: ProvenPerson
        do throws(SignInProblem) {
            person = try await provider.client.person(in: answer, to: question, at: clock.secondsSince1970)
        } catch {
            return .failure(refusal(error, provider))
        }
        do throws(Refusal) {
            return try await office.signIn(
                ProvidedPerson(
                    provider: provider.name, organisation: provider.declared.organisation, issuer: person.issuer,
                    subject: person.subject, email: person.email, fullName: person.fullName,
                    roles: provider.declared.roles { $0.holds(of: person.claims) })
            ).mapError { refusal in
                logger.notice(
                    "a person of an identity provider is not let in",
                    metadata: [
                        "provider": "\(provider.name)", "subject": "\(person.subject)", "reason": "\(refusal)",
                    ])
                return .person(refusal)
            }
        } catch {
            logger.error("a sign-in cannot be kept", metadata: ["provider": "\(provider.name)", "error": "\(error)"])
            return .failure(.office)
        }
    }

    private func refusal(_ problem: SignInProblem, _ provider: RunningSignIn.Provider) -> ProviderSignIns.Refusal {
        logger.warning(
            "a sign-in at an identity provider failed",
            metadata: ["provider": "\(provider.name)", "reason": "\(problem)"])
        switch problem {
        case .unreachable, .badMetadata: return .unreachable
        case .refused(let error, let description):
            return .refused(
                error: SignInWords.bounded(error), description: description.map { SignInWords.bounded($0) })
        case .foreignAnswer, .codeRefused, .unreadable, .badToken: return .notProven
        }
    }
}
