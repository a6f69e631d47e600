"""The pages: each subject one blueprint, each route parses, calls one function, and shapes the answer."""
