def pytest_collection_modifyitems(config, items):
    """Keeps the order of the lessons; pytest-django would put what uses the database first."""
    order = config.getini("testpaths")
    items.sort(key=lambda item: (order.index(f"tests/{item.path.name}"), item.location[1]))
