"""The pages of the people who work here. A view loads, binds the form, calls one verb, answers."""
