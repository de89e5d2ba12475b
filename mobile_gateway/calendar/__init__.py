"""Calendar mail (RFC 5545, 5546, 6047) as pure values: invitations, recurrences, answers, feeds."""
