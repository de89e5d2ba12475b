"""Mail: notes by mail, briefs by mail, activities by invitation."""
