"""The page without a browser: views, events and endpoints."""
