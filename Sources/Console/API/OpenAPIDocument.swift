import Gateway
import HTTPTypes
import WireJSON

/// `openapi.json` (OpenAPI 3.1), written from the table that also routes and checks.
enum OpenAPIDocument {
    static func bytes(_ operations: [APIOperation]) -> [UInt8] {
        var writer = JSONWriter(reserving: 64 * 1024)
        writer.object { json in
            json.member("openapi", "3.1.0")
            json.key("info")
            json.object { json in
                json.member("title", "Gatehouse administration")
                json.member("version", House.version)
            }
            json.key("servers")
            json.array { json in json.object { $0.member("url", APIRoutes.base) } }
            json.key("security")
            json.array { json in
                json.object { json in
                    json.key("token")
                    json.array { _ in }
                }
            }
            json.key("paths")
            json.object { json in
                var paths: [String] = []
                for operation in operations where !paths.contains(operation.path) { paths.append(operation.path) }
                for path in paths {
                    json.key(path)
                    json.object { json in
                        for operation in operations where operation.path == path { write(operation, to: &json) }
                    }
                }
            }
            json.key("components")
            json.object(writeComponents)
        }
        return writer.bytes
    }

    private static func write(_ operation: APIOperation, to json: inout JSONWriter) {
        json.key(operation.method.rawValue.lowercased())
        json.object { json in
            json.member("operationId", operation.id)
            json.member("summary", operation.summary)
            let parts = operation.segments.filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
            json.key("parameters")
            json.array { json in
                for part in parts {
                    parameter(
                        part, "path", isRequired: true, part == "number" ? .integer(1...99_999_999) : .id, nil, &json)
                }
                for query in operation.query {
                    parameter(query.name, "query", isRequired: query.isRequired, query.shape, query.words, &json)
                }
                if operation.method == .post {
                    parameter(
                        "Idempotency-Key", "header", isRequired: false, .text(.key, bytes: 128),
                        "The same key and body again get the first answer again.", &json)
                }
            }
            if let body = operation.body {
                json.key("requestBody")
                json.object { json in
                    json.member("required", body.fault(of: APIRoutes.emptyBody) != nil)
                    content("application/json", body, to: &json)
                }
            }
            json.key("responses")
            json.object { json in
                json.key(String(operation.status.code))
                json.object { json in
                    json.member("description", operation.status.reasonPhrase)
                    if let answer = operation.answer { content("application/json", answer, to: &json) }
                }
                json.key("default")
                json.object { json in
                    json.member("description", "Refused (RFC 9457)")
                    content("application/problem+json", .problem, to: &json)
                }
            }
        }
    }

    private static func parameter(
        _ name: String, _ place: String, isRequired: Bool, _ shape: Shape, _ words: String?, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("name", name)
            json.member("in", place)
            json.member("required", isRequired)
            if let words { json.member("description", words) }
            json.key("schema")
            shape.write(to: &json)
        }
    }

    private static func content(_ type: String, _ shape: Shape, to json: inout JSONWriter) {
        json.key("content")
        json.object { json in
            json.key(type)
            json.object { json in
                json.key("schema")
                shape.write(to: &json)
            }
        }
    }

    private static func writeComponents(to json: inout JSONWriter) {
        json.key("securitySchemes")
        json.object { json in
            json.key("token")
            json.object { json in
                json.member("type", "http")
                json.member("scheme", "bearer")
            }
        }
    }
}

extension Shape {
    /// RFC 9457 problem details.
    static let problem = Shape.object([
        .need("type", .anyText), .need("title", .anyText), .need("status", .integer(100...599)),
        .may("detail", .anyText), .may("code", .anyText), .need("request", .anyText),
    ])
}
