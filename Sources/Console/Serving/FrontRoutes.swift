import HTTPTypes
import Hummingbird

/// `/`: where people begin.
struct FrontRoutes: ConsoleRoutes {
    func add(to router: Router<ConsoleContext>) {
        router.get("/") { _, _ in Response(status: .seeOther, headers: [.location: Address.path("catalog").text]) }
    }
}
