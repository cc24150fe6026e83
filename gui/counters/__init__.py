"""The desks: each a widget with its flow, put on a page alone or beside another one."""
