import PolicyEngine

/// The policy document as a JSON Schema (2020-12), for editors and other people's tools.
///
/// It describes shapes: what it refuses, the reader refuses too. What the reader refuses beyond it (a pattern that does
/// not compile, `[*]` under `not`, a key written twice) no schema can say.
public enum PolicySchema {
    /// The address that the schema names itself by.
    public static let id = "https://gatehouse.dev/schemas/policy-1.json"

    /// The schema as indented JSON, with a line feed at the end.
    public static var json: String { head + definitions + "}\n" }

    private static func words(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    private static let head = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "\(id)",
          "title": "Gatehouse policy",
          "description": "Says which tools exist for an agent and what their calls may ask.",
          "type": "object",
          "required": ["version", "default"],
          "additionalProperties": false,
          "properties": {
            "version": { "description": "The version of the language.", "const": "1" },
            "description": { "description": "Text for people.", "type": "string" },
            "default": {
              "description": "What happens to tools that no key of `tools` lists.",
              "enum": \(words(RuleSection.Standing.allCases.map(\.rawValue)))
            },
            "timezone": {
              "description": "IANA name of the zone that `time.*` and calendar windows follow; UTC when absent.",
              "type": "string",
              "pattern": "^[A-Za-z0-9_+-][A-Za-z0-9/_+-]*$"
            },
            "explain": { "description": "The agent is told the rule's id with a denial.", "type": "boolean" },
            "hide": { "description": "Tools that must not exist for this grant.", "$ref": "#/$defs/names" },
            "all_tools": {
              "description": "Rules for every tool; lists none.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "require": { "$ref": "#/$defs/require" },
                "deny_if": { "$ref": "#/$defs/deny_if" },
                "approve_if": { "$ref": "#/$defs/approve_if" },
                "limits": { "$ref": "#/$defs/limits" }
              }
            },
            "tools": { "description": "Name or pattern, and the rules of what it lists.", "$ref": "#/$defs/entries" },
            "resources": { "description": "The same for resources, by URI.", "$ref": "#/$defs/section" },
            "prompts": { "description": "The same for prompts.", "$ref": "#/$defs/section" }
          },

        """

    private static let definitions = """
          "$defs": {
            "name": {
              "description": "A name; `*` stands for any run of characters.",
              "type": "string", "minLength": 1, "maxLength": \(PolicyBounds.nameBytes)
            },
            "names": { "type": "array", "items": { "$ref": "#/$defs/name" } },
            "section": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "default": { "enum": \(words(RuleSection.Standing.allCases.map(\.rawValue))) },
                "hide": { "$ref": "#/$defs/names" },
                "rules": { "$ref": "#/$defs/entries" }
              }
            },
            "entries": {
              "type": "object",
              "propertyNames": { "$ref": "#/$defs/name" },
              "additionalProperties": { "$ref": "#/$defs/rules" }
            },
            "rules": {
              "description": "`{}` allows under `default: deny`.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "action": {
                  "description": "Shorthand: no rule, a denial of every call, an element of `hide`, an approval of every call.",
                  "enum": \(words(RuleGroup.Action.allCases.map(\.rawValue)))
                },
                "reason": { "description": "The message of `action` and of `rate_limit`.", "type": "string" },
                "rate_limit": {
                  "description": "Shorthand: at most so many calls in a window.",
                  "anyOf": [
                    { "type": "string", "pattern": "^[0-9]+([.][0-9]{1,6})?/(second|minute|hour|day|month|[1-9][0-9]{0,8}[smhd]?)$" },
                    {
                      "type": "object",
                      "required": ["max", "window"],
                      "additionalProperties": false,
                      "properties": {
                        "max": { "$ref": "#/$defs/quantity" },
                        "window": { "$ref": "#/$defs/window" },
                        "scope": { "$ref": "#/$defs/scope" }
                      }
                    }
                  ]
                },
                "require": { "$ref": "#/$defs/require" },
                "deny_if": { "$ref": "#/$defs/deny_if" },
                "approve_if": { "$ref": "#/$defs/approve_if" },
                "limits": { "$ref": "#/$defs/limits" }
              }
            },
            "require": {
              "description": "A call is denied unless the conditions of every element hold.",
              "type": "array", "items": { "$ref": "#/$defs/condition_rule" }
            },
            "deny_if": {
              "description": "A call is denied if the conditions of one element hold or cannot be judged.",
              "type": "array", "items": { "$ref": "#/$defs/condition_rule" }
            },
            "condition_rule": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "conditions": { "$ref": "#/$defs/conditions" },
                "on_deny": { "description": "What the agent is told.", "type": "string" }
              }
            },
            "approve_if": {
              "description": "A person is asked if the conditions of one element hold or cannot be judged.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "conditions": { "$ref": "#/$defs/conditions" },
                  "message": { "description": "What the agent and the approver are told.", "type": "string" },
                  "expires": { "description": "How long the request waits; 30m when absent.", "$ref": "#/$defs/duration" },
                  "valid_for": { "description": "How long a consent may be used; 10m when absent.", "$ref": "#/$defs/duration" },
                  "approvers": {
                    "description": "Who may consent; admins when absent.",
                    "anyOf": [
                      { "type": "array", "items": { "type": "string", "minLength": 1 } },
                      {
                        "type": "object",
                        "additionalProperties": false,
                        "properties": {
                          "roles": { "type": "array", "items": { "enum": \(words(Approvers.Role.allCases.map(\.rawValue))) } },
                          "members": { "type": "array", "items": { "type": "string", "minLength": 1 } },
                          "not_owner": { "description": "Four eyes.", "type": "boolean" }
                        }
                      }
                    ]
                  },
                  "min": { "description": "How many must consent.", "type": "integer", "minimum": 1, "maximum": 100 }
                }
              }
            },
            "limits": {
              "description": "Counts calls, or sums an amount of theirs, against a maximum in a window.",
              "type": "array",
              "items": {
                "type": "object",
                "required": ["counter", "window", "max"],
                "additionalProperties": false,
                "properties": {
                  "counter": { "type": "string", "minLength": 1 },
                  "window": { "$ref": "#/$defs/window" },
                  "max": { "$ref": "#/$defs/quantity" },
                  "scope": { "$ref": "#/$defs/scope" },
                  "amount": { "$ref": "#/$defs/amount" },
                  "increment_from": { "description": "Another name of `amount`.", "$ref": "#/$defs/amount" },
                  "align": { "enum": \(words(LimitAlignment.allCases.map(\.rawValue))) },
                  "on_deny": { "type": "string" }
                },
                "not": { "required": ["amount", "increment_from"] }
              }
            },
            "quantity": { "type": "number", "minimum": 0 },
            "amount": {
              "description": "A number, or the argument that holds it.",
              "anyOf": [{ "type": "number", "minimum": 0 }, { "type": "string", "pattern": "^args[.\\\\[]" }]
            },
            "scope": { "description": "Whose calls share the counter.", "enum": \(words(LimitScope.allCases.map(\.rawValue))) },
            "window": {
              "anyOf": [
                { "enum": ["second", "minute", "hour", "day", "month"] },
                { "type": "integer", "minimum": 1, "maximum": \(PolicyBounds.longestWindow) },
                { "type": "string", "pattern": "^[1-9][0-9]{0,8}[smhd]?$" }
              ]
            },
            "duration": {
              "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": \(PolicyBounds.longestWindow) },
                { "type": "string", "pattern": "^[1-9][0-9]{0,8}[smhd]?$" }
              ]
            },
            "conditions": {
              "description": "All of them; the empty list holds.",
              "type": "array", "items": { "$ref": "#/$defs/condition" }
            },
            "condition": {
              "type": "object",
              "anyOf": [
                { "required": ["any"], "additionalProperties": false, "properties": { "any": { "$ref": "#/$defs/conditions" } } },
                { "required": ["all"], "additionalProperties": false, "properties": { "all": { "$ref": "#/$defs/conditions" } } },
                { "required": ["not"], "additionalProperties": false, "properties": { "not": { "$ref": "#/$defs/condition" } } },
                { "$ref": "#/$defs/comparison" }
              ]
            },
            "comparison": {
              "type": "object",
              "required": ["path", "op", "value"],
              "additionalProperties": false,
              "properties": {
                "path": {
                  "description": "Where to look: an argument of the call, or its context.",
                  "type": "string",
                  "pattern": "^(args[.\\\\[].+|tool[.](name|category|risk)|server[.]name|grant[.]label|grant[.]tags[.].+|principal[.](id|email)|time[.](hour|weekday))$"
                },
                "op": { "enum": \(words(Operator.allCases.map(\.rawValue))) },
                "value": true,
                "anchored": { "description": "A `regex` must match the whole text.", "type": "boolean" }
              },
              "allOf": [
                {
                  "if": { "properties": { "op": { "enum": ["in", "not_in", "path_within", "host_in", "ip_in"] } } },
                  "then": { "properties": { "value": { "type": "array" } } }
                },
                {
                  "if": { "properties": { "op": { "const": "exists" } } },
                  "then": { "properties": { "value": { "type": "boolean" } } }
                },
                {
                  "if": { "properties": { "op": { "enum": ["lt", "lte", "gt", "gte"] } } },
                  "then": { "properties": { "value": { "type": ["number", "string"] } } }
                },
                {
                  "if": { "properties": { "op": { "const": "regex" } } },
                  "then": { "properties": { "value": { "type": "string" } } },
                  "else": { "not": { "required": ["anchored"] } }
                }
              ]
            }
          }

        """
}
