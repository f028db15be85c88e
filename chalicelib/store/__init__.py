"""DYNAMODB. Item, model and mapping of one noun a file; nobody else imports pynamodb."""
