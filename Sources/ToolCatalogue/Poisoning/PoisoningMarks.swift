/// Pieces of text that mean the same wherever they stand: compared as bytes, in lower case.
enum PoisoningMark {
    /// This is data: severity, kind, piece; a line each.
    private static let table = """
        danger; imitated markup; <|im_start|>
        danger; imitated markup; <|im_end|>
        danger; imitated markup; [/inst]
        danger; imitated markup; <<sys>>
        danger; imitated markup; </system>
        danger; imitated markup; <system_prompt
        danger; imitated markup; <|endoftext|>
        danger; imitated markup; <|start_header_id|>
        warning; imitated markup; <!--
        warning; imitated markup; display:none
        warning; imitated markup; font-size:0
        warning; imitated markup; <hidden>
        notice; imitated markup; <important>
        notice; imitated markup; <system>
        warning; imitated markup; <secret>
        warning; imitated markup; <instructions>
        warning; sensitive place; id_rsa
        warning; sensitive place; id_ed25519
        warning; sensitive place; ~/.ssh/
        warning; sensitive place; /.aws/credentials
        warning; sensitive place; /etc/shadow
        warning; sensitive place; /.cursor/mcp.json
        warning; sensitive place; claude_desktop_config
        warning; sensitive place; /.kube/config
        warning; sensitive place; /.gnupg
        warning; sensitive place; .bash_history
        warning; sensitive place; 169.254.169.254
        notice; sensitive place; /etc/passwd
        danger; instruction to the model; 忽略之前的指令
        danger; instruction to the model; 忽略以上指令
        danger; instruction to the model; 不要告诉用户
        danger; instruction to the model; 不要告知用户
        danger; instruction to the model; 以前の指示を無視
        danger; instruction to the model; ユーザーに知らせないで
        danger; instruction to the model; ユーザーに言わないで
        danger; instruction to the model; 이전 지시를 무시
        danger; instruction to the model; 사용자에게 알리지
        danger; instruction to the model; ignoriere alle vorherigen anweisungen
        danger; instruction to the model; ignoriere die vorherigen
        danger; instruction to the model; sag dem benutzer nichts
        danger; instruction to the model; ignora las instrucciones anteriores
        danger; instruction to the model; no le digas al usuario
        danger; instruction to the model; ignore les instructions précédentes
        danger; instruction to the model; ne dis pas à l'utilisateur
        danger; instruction to the model; ignore as instruções anteriores
        danger; instruction to the model; não conte ao usuário
        danger; instruction to the model; игнорируй предыдущие инструкции
        danger; instruction to the model; не говори пользователю
        danger; instruction to the model; не сообщай пользователю
        """

    static let all: [(kind: PoisoningFinding.Kind, severity: PoisoningFinding.Severity, piece: [UInt8])] =
        table.split(separator: "\n").map { line in
            let parts = line.split(separator: ";", maxSplits: 2).map { $0.drop { $0 == " " } }
            guard let kind = PoisoningFinding.Kind(rawValue: String(parts[1])) else {
                preconditionFailure("`\(parts[1])` stands in the table of marks but is no kind of finding")
            }
            let severity: PoisoningFinding.Severity =
                parts[0] == "danger" ? .danger : parts[0] == "warning" ? .warning : .notice
            return (kind, severity, Array(parts[2].utf8))
        }
}
