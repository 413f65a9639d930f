/// Variables that change which program runs, what it loads first, or where its packages come from and whom it trusts for
/// them: who sets one of these for a server decides what the server is, whatever its command says.
enum RunningVariables {
    /// How such a variable is told, a part that could be a secret left out; nil for any other.
    static func told(_ name: String) -> String? {
        let upper = name.uppercased()
        if names.contains(upper) { return name }
        guard let prefix = prefixes.first(where: upper.hasPrefix) else { return nil }
        let rest = name.dropFirst(prefix.count)
        return rest.isEmpty || ShownServer.isPlain(String(rest)) ? name : name.prefix(prefix.count) + "…"
    }

    // Of the loader (ld.so(8), dyld(1)), of git, and of programs that fetch packages.
    private static let prefixes = [
        "LD_", "DYLD_", "GIT_CONFIG", "NPM_CONFIG_", "YARN_", "PNPM_", "BUN_", "DENO_", "COREPACK_", "UV_", "PIP_",
        "PIPX_",
        "CORECLR_", "COR_",
    ]

    private static let names: Set<String> = [
        // Where programs and their settings are looked for.
        "PATH", "PATHEXT", "COMSPEC", "SHELL", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME",
        "XDG_DATA_HOME", "GCONV_PATH", "GLIBC_TUNABLES",
        // Shells.
        "ENV", "BASH_ENV", "BASHOPTS", "SHELLOPTS", "IFS", "CDPATH", "PS4", "ZDOTDIR",
        // Languages.
        "NODE_OPTIONS", "NODE_PATH", "NODE_REPL_EXTERNAL_MODULE", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP",
        "PYTHONINSPECT", "PYTHONBREAKPOINT", "PYTHONWARNINGS", "PYTHONUSERBASE", "PYTHONPLATLIBDIR",
        "PYTHONEXECUTABLE", "VIRTUAL_ENV", "PERL5LIB", "PERL5OPT", "PERL5DB", "RUBYLIB", "RUBYOPT", "GEM_HOME",
        "GEM_PATH",
        "BUNDLE_GEMFILE", "CLASSPATH", "JAVA_HOME", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS",
        "DOTNET_STARTUP_HOOKS", "DOTNET_ROOT", "PHPRC", "PHP_INI_SCAN_DIR", "LUA_INIT", "LUA_PATH", "LUA_CPATH",
        "GOFLAGS",
        "GOPROXY", "GONOSUMDB", "GOTOOLCHAIN", "RUSTC_WRAPPER", "CARGO_HOME",
        // What programs start for others.
        "EDITOR", "VISUAL", "PAGER", "BROWSER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_EXEC_PATH", "GIT_ASKPASS",
        "GIT_EDITOR",
        "GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND", "GIT_TEMPLATE_DIR", "SSH_ASKPASS",
        // Containers of another machine, or with other settings.
        "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "CONTAINER_HOST", "CONTAINERS_CONF",
        // Whom a download is asked of, and whose word it is.
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED",
    ]
}
