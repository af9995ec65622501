import json

from channels.generic.websocket import WebsocketConsumer

from .messages import BadMessage, parse_message


class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.accept()

    def disconnect(self, close_code):
        pass

    def receive(self, text_data=None, bytes_data=None):
        try:
            message = parse_message(text_data)
        except BadMessage as error:
            self.send(text_data=json.dumps({"error": str(error)}))
            return

        self.send(text_data=json.dumps({"message": message}))
