"""How it looks: the same document as text, Markdown, HTML, JSON, pictures, citations."""
