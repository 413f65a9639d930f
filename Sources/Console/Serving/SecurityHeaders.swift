import HTTPTypes
import Hummingbird

/// What every answer tells browsers not to do.
enum SecurityHeaders {
    /// No script, style, picture or frame of anybody else's, none written into a page, and no page of ours in a frame.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// A field that an answer has already stays: a page that must send its form elsewhere says so itself.
    static func add(to response: inout Response, isEncrypted: Bool) {
        var fields: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, contentSecurityPolicy),
            (.xContentTypeOptions, "nosniff"),
            (.frameOptions, "DENY"),
            (.referrerPolicy, "same-origin"),
            (.crossOriginOpenerPolicy, "same-origin"),
            (.crossOriginResourcePolicy, "same-origin"),
            (.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            (.cacheControl, "no-store"),
        ]
        if isEncrypted { fields.append((.strictTransportSecurity, "max-age=31536000")) }
        for (name, value) in fields where response.headers[name] == nil { response.headers[name] = value }
    }
}
