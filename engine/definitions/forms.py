def validate_submission(schema, data):
    return dict(data)
