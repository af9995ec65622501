"""CodeMirror, from which the page's editor is made, as one script."""
