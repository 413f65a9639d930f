"""What the journeys start and look at: the gateway, its audit trail, clients, raw connections."""
