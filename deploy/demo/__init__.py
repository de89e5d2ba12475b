"""The demo company: clients, agendas, figures and spoken notes, made up and the same on every machine."""
