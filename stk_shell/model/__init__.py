"""The words that all layers share: values, places, syntax, signatures, commands, errors. Imports nothing of ours."""
