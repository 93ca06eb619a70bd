"""From what people say to the strategies it concerns and the themes they recognise. No network, no database."""
