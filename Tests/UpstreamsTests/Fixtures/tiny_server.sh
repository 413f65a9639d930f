# A server that starts in a millisecond: see `ScriptedServer.tiny`.
era=$1
capabilities='"capabilities":{"tools":{}}'
respond() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
while read -r line; do
    id=${line#*'"id":'}
    id=${id%%,*}
    case $line in
    *'"server/discover"'*)
        if [ "$era" = modern ]; then
            respond "{\"supportedVersions\":[\"2026-07-28\"],$capabilities}"
        else
            printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id"
        fi
        ;;
    *'"initialize"'*) respond "{\"protocolVersion\":\"2025-11-25\",$capabilities,\"serverInfo\":{\"name\":\"tiny\",\"version\":\"1\"}}" ;;
    *'"name":"crash"'*) exit 3 ;;
    *'"name":"ask"'*)
        call=$id
        printf '{"jsonrpc":"2.0","id":"q","method":"roots/list"}\n'
        ;;
    *'"id":"q"'*) id=$call && respond '{"content":[]}' ;;
    *'"method":"notifications/'*) ;;
    *) respond '{}' ;;
    esac
done
