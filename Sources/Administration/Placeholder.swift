// What people do: accounts, servers, policies, grants. Every rule about who may do it lives in this target.
